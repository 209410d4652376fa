/** The native dialect: every kind of resource by its schema, bulk files, revisions, explanations. */
package io.tandem.admin.http.resource;
