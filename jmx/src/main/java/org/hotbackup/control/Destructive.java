package org.hotbackup.control;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An operation that takes away or overwrites what cannot be got back, or changes which node users work on. Its last two
 * parameters are the name of what it is about, to confirm, and the reason, which stands in the permanent log.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Destructive {}
