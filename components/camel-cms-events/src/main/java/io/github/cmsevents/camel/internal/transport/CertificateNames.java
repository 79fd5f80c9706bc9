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
package io.github.cmsevents.camel.internal.transport;

import io.github.cmsevents.camel.internal.protocol.ServerText;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The names that a certificate is for. */
final class CertificateNames {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private static final int MOST_NAMES = 5;

    private CertificateNames() {}

    /** In a form fit for a log. */
    static String of(List<Certificate> chain) {
        if (chain.isEmpty() || !(chain.get(0) instanceof X509Certificate certificate)) {
            return "no name";
        }
        List<String> names = alternativeNames(certificate);
        if (names.isEmpty()) {
            // Java verifies the subject only where there are no alternative names.
            return ServerText.of(certificate.getSubjectX500Principal().getName());
        }
        return names.stream().limit(MOST_NAMES).map(ServerText::of).collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMES ? " and others" : "");
    }

    private static List<String> alternativeNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name ->
                                    name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
