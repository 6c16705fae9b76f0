/** The pages of {@code docs} that are made from the code or hold command lines. */
package org.hotbackup.docs;
