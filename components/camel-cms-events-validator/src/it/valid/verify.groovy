assert new File(basedir, 'build.log').text.contains('1 file and 1 endpoint checked: no problems')
