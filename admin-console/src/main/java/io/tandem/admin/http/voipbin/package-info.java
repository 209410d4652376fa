/** Numbers and flows in the shape of VoIPBIN. */
package io.tandem.admin.http.voipbin;
