package org.hotbackup.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * The node's own key and its certificate: {@code keys/node.p12} of its home. Read anew whenever it is asked. Thread-safe.
 *
 * @param store the key store's file
 * @param password of the key store
 */
public record NodeKey(Path store, String password) {

    /** The format of the key store. */
    public static final String STORE_TYPE = "PKCS12";

    static final String FILE = "node.p12";
    static final String ALIAS = "node";

    /** The key of a node's {@code keys} folder. */
    public static NodeKey of(Path keys, String password) {
        return new NodeKey(keys.resolve(FILE), password);
    }

    /**
     * What a TLS connection shows to prove whose it is.
     *
     * @throws Refusal if the key cannot be read
     */
    public KeyManager[] keyManagers() {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(load(), password.toCharArray());
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw unusable(e.getMessage());
        }
    }

    /**
     * The certificate of the key.
     *
     * @throws Refusal if the key cannot be read
     */
    public X509Certificate certificate() {
        try {
            if (load().getCertificate(ALIAS) instanceof X509Certificate certificate) {
                return certificate;
            }
        } catch (GeneralSecurityException e) {
            throw unusable(e.getMessage());
        }
        throw unusable("it holds no key named " + ALIAS);
    }

    private KeyStore load() throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore loaded = KeyStore.getInstance(STORE_TYPE);
            loaded.load(in, password.toCharArray());
            return loaded;
        } catch (IOException e) {
            throw unusable(e.getMessage());
        }
    }

    private Refusal unusable(String why) {
        return new Refusal(MessageCode.NODE_KEY_UNUSABLE, store, why);
    }

    /** Not the password. */
    @Override
    public String toString() {
        return "NodeKey[" + store + "]";
    }
}
