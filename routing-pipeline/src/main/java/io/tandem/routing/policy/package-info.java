/** What operators allow, forbid and prefer: decisions over compiled policies, pure and without allocation. */
package io.tandem.routing.policy;
