/** The page of requirements, made from the tests that carry their numbers. */
package org.hotbackup.requirements;
