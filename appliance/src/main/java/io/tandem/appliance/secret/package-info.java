/** Secrets that the configuration only names: entries in files or in the environment, resolved on use. */
package io.tandem.appliance.secret;
