/** Requests, answers, problems and routes, as the dialects see them: nothing of the server behind. */
package io.tandem.admin.http.wire;
