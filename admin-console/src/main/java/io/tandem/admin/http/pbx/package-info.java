/** Extensions in the shape of do.dev. */
package io.tandem.admin.http.pbx;
