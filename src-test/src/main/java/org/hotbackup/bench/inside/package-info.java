/** What the benchmark adds to the WAR: writers inside the node. */
package org.hotbackup.bench.inside;
