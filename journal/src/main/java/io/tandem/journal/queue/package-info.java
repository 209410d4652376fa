/** The two queues: inputs, written before they are acted upon, and records, appended only where missing. */
package io.tandem.journal.queue;
