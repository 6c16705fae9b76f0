/** Tests of the benchmark's command line. */
package org.hotbackup.bench;
