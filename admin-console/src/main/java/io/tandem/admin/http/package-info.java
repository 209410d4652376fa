/** The HTTP management API: one server, three dialects over one configuration. */
package io.tandem.admin.http;
