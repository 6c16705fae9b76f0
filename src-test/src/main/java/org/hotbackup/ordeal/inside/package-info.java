/** What only code in the same server can do, for the ordeal: it runs inside the nodes under test. */
package org.hotbackup.ordeal.inside;
