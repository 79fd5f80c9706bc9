/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.github.cmsevents.benchmark.client;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What this JVM has used so far.
 *
 * @param allocatedBytes by the threads that are alive, or from Java 21 on by all that ever were
 * @param cpuNanos       by the process
 */
public record ResourceUsage(long allocatedBytes, long cpuNanos) {

    static final ResourceUsage NONE = new ResourceUsage(0, 0);

    public static ResourceUsage now() {
        return new ResourceUsage(
                allocatedByAllThreads(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
    }

    private static long allocatedByAllThreads() {
        try {
            // A method of the bean since Java 21, and so not one that code for Java 17 can call.
            return (Long) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME), "TotalThreadAllocatedBytes");
        } catch (AttributeNotFoundException e) {
            return allocatedByLiveThreads();
        } catch (JMException e) {
            throw new IllegalStateException("The JVM does not say how much it has allocated", e);
        }
    }

    private static long allocatedByLiveThreads() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            // -1 for a thread that has ended meanwhile.
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
