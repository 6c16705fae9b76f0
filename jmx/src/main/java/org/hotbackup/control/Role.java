package org.hotbackup.control;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Locale;

/** What a user may do; each role may all that the ones before it may. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Starts, stops, applies, replays. */
    OPERATOR,
    /** Everything. */
    ADMIN;

    /** As it stands in a user's record and in texts: small letters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether somebody with these roles has this one, or a greater one; words that are no roles count for nothing. */
    public boolean isIn(Collection<String> roles) {
        for (Role role : values()) {
            if (role.compareTo(this) >= 0 && roles.contains(role.word())) {
                return true;
            }
        }
        return false;
    }

    /** The least role that may call a method of a control bean. */
    public static Role neededFor(Method method) {
        if (method.isAnnotationPresent(AdminOnly.class)) {
            return ADMIN;
        }
        return changes(method) && !method.isAnnotationPresent(ForEveryone.class) ? OPERATOR : VIEWER;
    }

    /** Whether a method of a control bean does more than read: what is not said to read only may do anything. */
    public static boolean changes(Method method) {
        Description description = method.getAnnotation(Description.class);
        boolean reads = description != null && description.impact() == Description.Impact.INFO;
        return !reads && !isAttribute(method);
    }

    /** Whether a method of a control bean reads an attribute. */
    public static boolean isAttribute(Method method) {
        String name = method.getName();
        boolean named = name.startsWith("get") && name.length() > 3 || name.startsWith("is") && name.length() > 2;
        return named && method.getParameterCount() == 0 && method.getReturnType() != void.class;
    }
}
