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
package io.github.cmsevents.validator;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The files that can be checked. */
final class SourceFiles {

    /** Copies and other people's files. */
    private static final Set<String> SKIPPED_FOLDERS = Set.of("target", "build", "node_modules");

    private SourceFiles() {}

    /**
     * The named files, and in the named folders all files of routes and {@code application*.properties}, without those in hidden
     * folders and in folders that a build writes.
     *
     * @throws NoSuchFileException if one of the paths does not exist
     */
    static Collection<Path> in(Collection<Path> paths) throws IOException {
        Set<Path> files = new TreeSet<>();
        for (Path path : paths) {
            if (Files.notExists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            if (Files.isDirectory(path)) {
                addFolder(path, files);
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private static void addFolder(Path root, Set<Path> files) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name =
                        folder.getFileName() == null ? "" : folder.getFileName().toString();
                boolean skipped = name.startsWith(".") && !name.equals(".") && !name.equals("..");
                return !folder.equals(root) && (skipped || SKIPPED_FOLDERS.contains(name))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.getFileName().toString().matches(".*\\.(yaml|yml|xml)|application.*\\.properties")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
