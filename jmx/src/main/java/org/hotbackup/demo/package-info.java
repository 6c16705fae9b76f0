/** The demo: real data that every JDK brings, and what loads it. */
package org.hotbackup.demo;
