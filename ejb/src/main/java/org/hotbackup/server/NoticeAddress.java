package org.hotbackup.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a user gets notices outside of a terminal: attribute 2 of the user's record.
 *
 * @param mail the address of mail, empty if it is a web address
 * @param web the web address to post to, null if it is one of mail
 */
record NoticeAddress(String mail, URI web) {

    private static final Pattern MAIL =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final String MAILTO = "mailto:";

    /** Reads one; empty if the text is neither of mail nor of the web, or has a user and a password in it. */
    static Optional<NoticeAddress> parse(String text) {
        String mail = text.startsWith(MAILTO) ? text.substring(MAILTO.length()) : text;
        if (MAIL.matcher(mail).matches()) {
            return Optional.of(new NoticeAddress(mail, null));
        }
        try {
            URI web = new URI(text);
            boolean http = "http".equalsIgnoreCase(web.getScheme()) || "https".equalsIgnoreCase(web.getScheme());
            return http && web.getHost() != null && web.getRawUserInfo() == null
                    ? Optional.of(new NoticeAddress("", web))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The same text for messages, see {@link #toString}. */
    static String shown(String text) {
        return parse(text).map(NoticeAddress::toString).orElse("the address in the record");
    }

    /** For messages: the path and the query of a web address may be a secret. */
    @Override
    public String toString() {
        return web == null ? mail : web.getScheme() + "://" + web.getRawAuthority();
    }
}
