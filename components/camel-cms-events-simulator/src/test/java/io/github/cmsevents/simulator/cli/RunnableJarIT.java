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
package io.github.cmsevents.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar with all dependencies. */
@Timeout(300)
class RunnableJarIT {

    private static final String VERSION = System.getProperty("project.version");

    @TempDir
    private Path folder;

    @Test
    void printsItsVersion() throws Exception {
        assertThat(InstalledTool.run(folder, RunningJar.command("--version").toArray(String[]::new)))
                .isEqualTo("Meeting Server simulator " + VERSION + "\n");
    }

    @Test
    void hasItsVersionInTheManifest() throws IOException {
        try (JarFile jar = new JarFile(RunningJar.file().toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Implementation-Version")).isEqualTo(VERSION);
            assertThat(manifest.getValue("Main-Class")).isEqualTo(SimulatorMain.class.getName());
        }
    }

    /** Also with a certificate of its own making, for which it needs most libraries, and without warnings of the JVM. */
    @Test
    void printsNothingButItsOwnMessages() throws Exception {
        try (RunningJar simulator = RunningJar.start(folder, "--port", "0", "--tls", "--seconds", "0")) {
            assertThat(simulator.remainingOutput()).isEqualTo("Breaches counted: 0\n");
            assertThat(simulator.exitCode()).isZero();
        }
    }

    @Test
    void namesTheLicencesOfTheLibrariesInIt() throws IOException {
        try (JarFile jar = new JarFile(RunningJar.file().toFile())) {
            ZipEntry list = jar.getEntry("META-INF/THIRD-PARTY.txt");
            assertThat(list).isNotNull();
            assertThat(new String(jar.getInputStream(list).readAllBytes(), StandardCharsets.UTF_8))
                    .contains("(Apache-2.0) Netty/Codec", "(MIT) SLF4J", "(Bouncy Castle Licence)", "jackson-databind");
        }
    }

    @Test
    void containsNoModuleAndNoSignature() throws IOException {
        try (JarFile jar = new JarFile(RunningJar.file().toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .isNotEmpty()
                    .noneMatch(name -> name.endsWith("module-info.class") || name.endsWith(".SF"))
                    .noneMatch(name -> name.startsWith("org/junit/"));
        }
    }
}
