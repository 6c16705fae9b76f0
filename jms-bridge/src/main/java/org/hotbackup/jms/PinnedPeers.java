package org.hotbackup.jms;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;
import org.hotbackup.control.messages.Refusal;

/**
 * Trusts exactly the certificates whose fingerprint is trusted at that moment and that are valid today, whoever signed
 * them. Java's own trust manager takes a certificate that is trusted by itself even when it has expired. Thread-safe.
 */
final class PinnedPeers implements X509TrustManager {

    /** Somebody who is not let in; the message says why, as a clause about the certificate. */
    static final class StrangerException extends CertificateException {

        private static final long serialVersionUID = 1L;

        private StrangerException(String reason, BasicReason alert) {
            // the cause decides which alert of TLS the other side gets
            super(reason, new CertPathValidatorException(reason, null, null, -1, alert));
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

    private final NodeKeys keys;
    private volatile boolean letIn;

    PinnedPeers(NodeKeys keys) {
        this.keys = keys;
    }

    /**
     * Lets in or turns away whoever shows these certificates; the first one is the caller's own.
     *
     * @throws StrangerException if it is turned away
     */
    void check(X509Certificate... chain) throws StrangerException {
        if (chain == null || chain.length == 0) {
            throw new StrangerException("no certificate is shown", BasicReason.UNSPECIFIED);
        }
        String fingerprint = NodeKeys.fingerprint(chain[0]);
        if (!trusts(fingerprint)) {
            throw new StrangerException("certificate " + fingerprint + " is not trusted", BasicReason.UNSPECIFIED);
        }
        try {
            chain[0].checkValidity();
        } catch (CertificateException e) {
            throw new StrangerException(
                    "certificate " + fingerprint + " is valid only from "
                            + chain[0].getNotBefore().toInstant() + " to "
                            + chain[0].getNotAfter().toInstant(),
                    BasicReason.EXPIRED);
        }
    }

    private boolean trusts(String fingerprint) throws StrangerException {
        try {
            return keys.trusted().containsKey(fingerprint);
        } catch (Refusal e) {
            throw new StrangerException("nobody can be trusted now: " + e.getMessage(), BasicReason.UNSPECIFIED);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
        letIn = true;
    }

    /** Whether somebody who was called is trusted: whatever ends a handshake from then on is his verdict on this node. */
    boolean trustsWhomItCalled() {
        return letIn;
    }

    /** None: a certificate is asked for without saying who is known here. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
