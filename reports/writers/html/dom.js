// Elements made from values: text goes in as text, never as markup.
"use strict";

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  for (const child of children) {
    if (child !== null && child !== undefined) node.append(child);
  }
  return node;
}

function element(tag, attributes, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

function shape(tag, attributes, ...children) {
  return filled(document.createElementNS(SVG_NAMESPACE, tag), attributes, children);
}

function button(words, label, onClick) {
  const node = element("button", {type: "button", "aria-label": label, title: label}, words);
  node.addEventListener("click", onClick);
  return node;
}

function motionIsWelcome() {
  return !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// `12 345`, as the table writes it.
function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
}
