/** Every operation on every surface by every role: what comes of it is the same everywhere. */
package org.hotbackup.matrix;
