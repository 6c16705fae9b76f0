package org.hotbackup.client;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.hotbackup.node.TrustedPeer;

/**
 * Trusts nodes by their certificates alone, and nobody else: no authority, and not the names in them, as the certificate
 * says already which node it is. RMI takes what it trusts from the default of the process, so it is that of the whole
 * process once it is asked for. Thread-safe.
 */
final class PinnedCertificates extends X509ExtendedTrustManager {

    /** Somebody showed another certificate, or one that has ended. */
    static final class StrangerException extends CertificateException {
        private static final long serialVersionUID = 1L;

        private StrangerException(String reason) {
            super(reason);
        }

        /** The one among the causes of a failure, null if it failed for another reason. */
        static StrangerException in(Throwable failure) {
            Throwable cause = failure;
            while (cause != null && !(cause instanceof StrangerException)) {
                cause = cause.getCause();
            }
            return (StrangerException) cause;
        }
    }

    private static final PinnedCertificates OF_PROCESS = new PinnedCertificates();

    private static SSLContext context;

    private final Set<String> fingerprints = ConcurrentHashMap.newKeySet();

    private PinnedCertificates() {}

    /** Trusts the certificate with this fingerprint, too, from now on. */
    static synchronized SSLContext trust(String fingerprint) {
        OF_PROCESS.fingerprints.add(fingerprint);
        if (context == null) {
            try {
                SSLContext made = SSLContext.getInstance("TLSv1.3");
                made.init(null, new TrustManager[] {OF_PROCESS}, null);
                SSLContext.setDefault(made);
                context = made;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has TLS 1.3", e);
            }
        }
        return context;
    }

    private void check(X509Certificate... chain) throws StrangerException {
        String fingerprint = TrustedPeer.fingerprint(chain[0]);
        if (!fingerprints.contains(fingerprint)) {
            throw new StrangerException("it shows another one, with the fingerprint " + fingerprint);
        }
        try {
            chain[0].checkValidity();
        } catch (CertificateException e) {
            throw new StrangerException(
                    "it is valid only from " + chain[0].getNotBefore().toInstant() + " to "
                            + chain[0].getNotAfter().toInstant());
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
