// Hands bytes to the browser's download, under a harmless type so that nothing opens in this origin.
export function saveFile(bytes: ArrayBuffer | string, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own reference once it began; a minute is far beyond that.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
