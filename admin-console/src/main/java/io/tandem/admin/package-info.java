/** The operator's console. */
package io.tandem.admin;
