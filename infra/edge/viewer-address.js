// The address the limits are counted by comes from the connection itself, so no visitor can claim another.
function handler(event) {
  event.request.headers['x-viewer-address'] = { value: event.viewer.ip };
  return event.request;
}
