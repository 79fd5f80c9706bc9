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

import picocli.CommandLine.IVersionProvider;

/** The version in the manifest of the jar; classes that are in no jar have none. */
final class ManifestVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = SimulatorMain.class.getPackage().getImplementationVersion();
        return new String[] {"Meeting Server simulator " + (version == null ? "(not from a jar)" : version)};
    }
}
