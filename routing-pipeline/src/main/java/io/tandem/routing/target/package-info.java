/** What a route target comes to: who rings and for how long, which number is dialled, what a media server is asked for. */
package io.tandem.routing.target;
