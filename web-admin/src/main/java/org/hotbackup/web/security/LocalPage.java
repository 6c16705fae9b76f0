package org.hotbackup.web.security;

import java.util.regex.Pattern;

/** A page of ours as a request names it, so that nobody is led to another site. */
public final class LocalPage {

    /** Where everybody begins. */
    public static final String FIRST = "/index.xhtml";

    private static final Pattern PAGE = Pattern.compile("/[a-z-]{1,40}\\.xhtml(\\?[\\x21-\\x7E]{0,1000})?");

    private LocalPage() {}

    /** The page that was named, or the first one if that is none of ours. */
    public static String of(String named) {
        return isOne(named) ? named : FIRST;
    }

    /** Whether this is a page of ours, with parameters or without. */
    public static boolean isOne(String named) {
        return named != null && PAGE.matcher(named).matches();
    }
}
