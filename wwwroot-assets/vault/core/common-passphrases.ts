// Phrases of 12 characters and more (or their cores) that guessing lists begin with. Compared after folding case, spaces and letter swaps.
export const commonPassphrases: readonly string[] = [
  'password', 'passphrase', 'passwort', 'motdepasse', 'contraseña', 'qwertyuiop', 'qwerty', 'asdfghjkl', 'letmein', 'iloveyou', 'administrator',
  'admin', 'welcome', 'changeme', 'correct horse battery staple', 'correct horse', 'trustno1', 'monkey', 'dragon', 'football', 'baseball',
  'sunshine', 'princess', 'superman', 'batman', 'starwars', 'master', 'secret', 'vaultbox', 'portal', 'mailbox', 'test', 'default', 'temporary',
  'the quick brown fox', 'the quick brown fox jumps over the lazy dog', 'to be or not to be', 'to be or not to be that is the question',
  'may the force be with you', 'i am your father', 'once upon a time', 'let it be', 'hello world', 'open sesame', 'abracadabra', 'zaq12wsx',
  '1qaz2wsx3edc', '1q2w3e4r5t', 'qazwsxedc', 'abcdefghijkl', 'abcdefghijklmnopqrstuvwxyz', '123456789012', '1234567890', '123456', '987654321',
  'aaaaaaaaaaaa', 'mynameis', 'ilovemywife', 'ilovemyfamily', 'thisismypassword', 'this is my password', 'mypassword', 'whatever',
  'in the beginning', 'lorem ipsum dolor sit amet', 'all work and no play', 'live long and prosper', 'winter is coming', 'summertime',
  'manchesterunited', 'liverpoolfc', 'jesuschrist', 'godisgood', 'blink182', 'michaeljackson', 'harrypotter', 'spongebob', 'chelsea', 'arsenal',
];
