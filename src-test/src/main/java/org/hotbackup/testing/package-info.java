/** The test language: real nodes and pairs of them, writers that keep a history, a proxy that breaks the line. */
package org.hotbackup.testing;
