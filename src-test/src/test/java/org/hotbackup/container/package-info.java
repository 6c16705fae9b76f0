/** Tests that run inside Payara Micro, beside the engine. */
package org.hotbackup.container;
