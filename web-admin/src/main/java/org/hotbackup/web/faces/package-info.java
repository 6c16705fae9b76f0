/**
 * The administrator's pages, over the control contract. Every page stands in {@code WEB-INF/template.xhtml}; a button is {@code
 * hb:operation} and names an operation of the contract, whose annotations say who may and what it asks for. What is read
 * is asked for by GET with its parameters in the address; what changes something is a form with a token and leads back by a
 * redirect.
 */
package org.hotbackup.web.faces;
