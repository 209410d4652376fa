/** What an operator may see and do: plain records and the two interfaces that the appliance implements. */
package io.tandem.admin.view;
