/** The subcommands of {@code tandem}. */
package io.tandem.appliance.command;
