package org.hotbackup.control;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sentence a JMX console shows for a bean, an attribute, an operation or a parameter. A parameter's text begins with
 * its name, which ends at the first colon or at the end.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
public @interface Description {

    /** The sentence. */
    String value();

    /** What a numeric attribute counts or measures; empty for everything else. */
    String units() default "";

    /** What an operation does to the node. */
    Impact impact() default Impact.UNKNOWN;

    /** The impacts that JMX knows, under its own names. */
    enum Impact {
        /** Reads only. */
        INFO,
        /** Changes something. */
        ACTION,
        /** Changes something and answers with data. */
        ACTION_INFO,
        /** Not an operation, or not known. */
        UNKNOWN
    }
}
