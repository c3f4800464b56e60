// ReDoc fetches its maker's logo from a CDN and has no option against that. Without the picture it shows its words.
// React, which draws it, sets the address both ways.
const local = (address) => (String(address).startsWith("https://cdn.redoc.ly/") ? "data:," : address);
const image = HTMLImageElement.prototype;
const src = Object.getOwnPropertyDescriptor(image, "src");

Object.defineProperty(image, "src", {
  ...src,
  set(address) {
    src.set.call(this, local(address));
  },
});
image.setAttribute = function (name, value) {
  Element.prototype.setAttribute.call(this, name, name === "src" ? local(value) : value);
};

// The style sheets that it makes get the page's nonce, which it has no option for either: some are made before it
// reads any.
const { nonce } = document.currentScript;
const create = Document.prototype.createElement;
Document.prototype.createElement = function (name, ...options) {
  const element = create.call(this, name, ...options);
  if (name === "style") element.nonce = nonce;
  return element;
};
