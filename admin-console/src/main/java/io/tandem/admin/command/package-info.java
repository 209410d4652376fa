/** The console's commands as one table: parsing, dispatch, completion, help and reference all read it. */
package io.tandem.admin.command;
