/** The operator's console: one port for terminals and scripts, and the client that the command line uses. */
package io.tandem.admin;
