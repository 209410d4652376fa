/** Contents of media: prompts, greetings and music that are uploaded and fetched. */
package io.tandem.admin.http.media;
