/** The call engine: a back-to-back user agent of calls, legs and dialogs over the transaction layer. */
package io.tandem.routing.call;
