/** SIP bytes and grammar: framing, lazy parsing, header views, encoding. */
package io.tandem.sip;
