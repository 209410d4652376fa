package io.tandem.admin.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Reads certificate and key of the server from PEM files. */
final class ServerCertificate {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final String[] ALGORITHMS = {"EC", "RSA", "EdDSA"};
    private static final char[] IN_MEMORY = "in memory".toCharArray();

    private ServerCertificate() {}

    /**
     * What serves TLS with them.
     *
     * @throws IOException if a file cannot be read or is none of the sort.
     */
    static SSLContext read(final Path certificates, final Path key) throws IOException {
        try {
            final byte[] pem = Files.readAllBytes(certificates);
            final Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .toArray(Certificate[]::new);
            final KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", privateKey(key), IN_MEMORY, chain);
            final KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, IN_MEMORY);
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (final GeneralSecurityException e) {
            throw new IOException(
                    "certificate and key do not serve TLS: certificate=" + certificates + " private_key=" + key
                            + " cause=" + e.getMessage(),
                    e);
        }
    }

    private static PrivateKey privateKey(final Path file) throws IOException, GeneralSecurityException {
        final String pem = Files.readString(file, StandardCharsets.US_ASCII);
        final int begin = pem.indexOf(BEGIN);
        final int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException("private key is not PKCS #8 in PEM: file=" + file
                    + " (openssl pkcs8 -topk8 -nocrypt turns others into it)");
        }
        final byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
        GeneralSecurityException last = null;
        for (final String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (final GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }
}
