/** The benchmark: a pair of its own, the workloads of the field, a floor beside each figure. */
package org.hotbackup.bench;
