/** The published description of the API, made of its routes and of the schemas of the resources. */
package io.tandem.admin.http.openapi;
