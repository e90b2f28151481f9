// A path without a dot is a page: its own file when it has one, so that help is there without any script, or the application.
var pages = __PAGES__;

function handler(event) {
  var request = event.request;
  var name = request.uri.replace(/^\/+|\/+$/g, '');
  if (name.indexOf('.') === -1) {
    request.uri = pages.indexOf(name) === -1 ? '/index.html' : '/' + name + '.html';
  }
  return request;
}
