/** Call flows at work: a published graph, compiled, and the interpreter that leads calls through it. */
package io.tandem.routing.flow;
