/** Business hours as interval tables. */
package io.tandem.routing.schedule;
