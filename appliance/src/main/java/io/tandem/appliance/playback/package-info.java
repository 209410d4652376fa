/** Journals played through a core again: recovery, replay, trace. */
package io.tandem.appliance.playback;
