/** Who may enter while there is not room for everybody. */
package io.tandem.routing.overload;
