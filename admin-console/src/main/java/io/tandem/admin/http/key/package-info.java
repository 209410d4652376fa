/** Who asks, what he may do, and how often. */
package io.tandem.admin.http.key;
