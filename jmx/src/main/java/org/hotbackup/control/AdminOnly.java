package org.hotbackup.control;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An operation that only an admin may call: it changes what the node is or destroys what cannot be got back. Without it an
 * operation of impact INFO is for viewers, any other one for operators, on every surface.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AdminOnly {}
