/** Queues, snapshots and configuration generations on disk. */
package io.tandem.journal;
